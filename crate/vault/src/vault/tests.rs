mod damage;
mod lifecycle;
mod slots;
mod splice;
